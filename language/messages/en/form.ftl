### What every form says.

form-problems-count = { $count ->
    [one] There is { $count } problem
   *[other] There are { $count } problems
}
form-problems-kept = What you typed is still here.
form-field-optional = optional
form-draft-lost = This form was refused, and what you typed could not be kept. Please fill it in again.
form-working = Saving …
form-alternatives-title = What would work

## What is wrong with a field: the words of each problem.

form-problem-missing = Fill this in.
form-problem-too-long = Write at most { $most } characters.
form-problem-control-characters = Remove the invisible characters: control characters, or ones that turn the direction of the text.
form-problem-unknown = Choose one of the values offered.
form-problem-not-a-time = Write a date and time, such as 14 Mar 2027 09:15 or 2027-03-14T09:15.
form-problem-out-of-bounds = Write a number from { $least } to { $most }.
form-problem-unknown-zone = Write the name of a time zone, such as America/Los_Angeles.
form-problem-time-skipped = This time does not exist: the clocks go forward over it. The nearest that do are { $before } and { $after }.
form-problem-time-ambiguous = This time comes twice: the clocks go back over it. Say whether you mean the first (UTC{ $first }) or the second (UTC{ $second }).
form-problem-wrong-offset = The zone’s clocks do not stand at this offset at that time.
form-problem-ends-before-start = The end must come after the start.
form-problem-too-long-span = This lasts too long: at most { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}.
form-problem-already-taken = This is in use already.
form-problem-above-ceiling = This marking is above what you may read.
form-problem-marking-refused = This marking is not allowed here: a part is never marked lower than what holds it, and lowering needs the right to.
form-problem-national-classification = This text bears the label of a national classification. Chancery must not hold such text; nothing of it was stored.
form-problem-state-refused = It cannot be brought into this state from the one it is in.
form-problem-form = This does not have the form it needs.
form-problem-reason-needed = Give a reason.
