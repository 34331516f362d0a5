### Programmes on paper.

printing-tab = Print
printing-says = Print this page from your browser. The marking, the version and its code stand at the head and the foot of every sheet; what may not be on paper is left out.
printing-back = Back to the programme
printing-version = Version { $number } · { $code }
printing-printed = Printed { $on }
printing-depth-overview = Highlights
printing-depth-summary = What the guest does
printing-depth-detailed = Every line
