### Tasks of a visit: what is to be done, by when and by whom; and the ceremonial its category entitles to.

tasks-tab = Tasks
tasks-add = Add a task
tasks-none-title = No tasks yet
tasks-none-says = Here stands what is to be done for this visit, by which day and by whom. The template of the visit’s category brings the usual ones.
# Of those that are open, some may be overdue.
tasks-open-title = { $count ->
    [one] { $count } open task
   *[other] { $count } open tasks
}{ $late ->
    [0] { "" }
   *[other] , { $late } overdue
}
tasks-done-title = { $count ->
    [one] { $count } task is done
   *[other] { $count } tasks are done
}
tasks-overdue = { $days ->
    [one] { $day }, overdue by { $days } day
   *[other] { $day }, overdue by { $days } days
}
tasks-column-done = Done
tasks-done-on = { $day }
tasks-done-on-by = { $day }, { $name }
tasks-do = Done
tasks-do-of = Done: { $task }
tasks-undo = Not done
tasks-undo-of = Not done: { $task }
tasks-take-template = Take in what the template has
tasks-brought = { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
} and { $tasks ->
    [one] { $tasks } task
   *[other] { $tasks } tasks
} came from the template.
tasks-brought-nothing = Nothing of the template was missing.
tasks-new-title = New task
tasks-new-do = Add the task
tasks-edit-title = Change the task
tasks-edit-do = Save the task
tasks-leave = Leave it as it is
tasks-remove-title = Remove this task …
tasks-remove-says = The task leaves the visit’s list. What was said of it stays in its history.
tasks-remove-do = Remove the task

tasks-field-words = What is to be done
tasks-field-due-on = Due
tasks-field-account = For
tasks-field-account-hint = Who is on the visit’s access list. Whose task it is may say that it is done.
tasks-field-marking = Marking

tasks-honours-title = Ceremonial
tasks-honours-says = What a visit of this category entitles to ({ $category }), as the office’s template has it.

tasks-due-title = Tasks due
tasks-for = for { $name }
