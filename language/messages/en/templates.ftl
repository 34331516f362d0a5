### Templates: what a visit of each category starts from.

templates-title = Templates
templates-says = What a visit of each category starts from. A new visit takes it over where its form says so; one that is there takes in what it lacks on its page of tasks. Visits that are there do not change with a template.
templates-form-says = Lines come as wished ones: they hold nothing until somebody settles them. Tasks are due so many days before arrival, counted back over the host’s weekends and holidays. An empty row is left out.
templates-save = Save the template
templates-start-from = Start from the template of its category
templates-start-from-hint = Its usual lines come as wished ones, on the days the visit has, and its usual tasks with the days they are due.
templates-brings-title = What each template brings
templates-brings = { $category }: { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}, { $tasks ->
    [one] { $tasks } task
   *[other] { $tasks } tasks
}

templates-lines-title = Usual lines
templates-lines-hint = Day 1 is the day of arrival; write “last” for the last day. Times are on the visit’s own clocks, as 09:30.
templates-line-day = Day
templates-line-day-of = Line { $row }: day
templates-line-starts = Starts
templates-line-starts-of = Line { $row }: starts
templates-line-minutes = Minutes
templates-line-minutes-of = Line { $row }: minutes
templates-line-kind = Kind
templates-line-kind-of = Line { $row }: kind
templates-line-title = Title
templates-line-title-of = Line { $row }: title

templates-tasks-title = Usual tasks
templates-tasks-hint = Days before arrival; 0 is the day of arrival.
templates-task-before = Days before
templates-task-before-of = Task { $row }: days before
templates-task-count = Counted in
templates-task-count-of = Task { $row }: counted in
templates-task-words-of = Task { $row }: what is to be done
templates-count-working-days = working days
templates-count-days = days

templates-field-greeter = Who greets
templates-field-anthems = Anthems
templates-field-guard = Guard of honour
templates-field-gifts = Gifts
templates-field-banquet = Banquet or meal
