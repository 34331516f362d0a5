### Programmes on paper.

printing-says = The marking, the version and its code stand at the head and the foot of every sheet. What may not be on paper is left out.
printing-do = Print
printing-do-without-scripts = Print this page from your browser’s menu.
printing-depths = How much
printing-papers = Paper
printing-paper-a4 = A4
printing-paper-letter = Letter
printing-preview = The printed page
printing-draft = Draft, not released
printing-back = Back to the programme
printing-version = Version { $number } · { $code }
printing-printed = Printed { $on }
printing-depth-overview = Highlights
printing-depth-summary = What the guest does
printing-depth-detailed = Every line
