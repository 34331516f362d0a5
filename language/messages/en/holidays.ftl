### Holidays: the days on which nobody works, of the host and of the countries of missions.

holidays-title = Holidays
holidays-says = Weekends, public holidays and national days. Tasks of a template are counted back over those of the office’s own country.
holidays-of-year = { $country }, { $year }
holidays-weekend = Weekend: { $days }
holidays-source = Weekends by CLDR 47. Days “from the table” come with the program: the public holidays of the United States by law, and the national days of other countries that fall by a date, dated { $dated } and not confirmed with the missions. Movable feasts are not in it: add them here, or take in a calendar file.
holidays-none-title = No days are known
holidays-none-says = The table that comes with the program has nothing of this country in this year, and the office has set nothing.
holidays-column-origin = Known from
holidays-from-table = the table
holidays-from-table-moved = the table; observed on this day
holidays-from-mission = a mission in the directory
holidays-from-office = the office is closed
holidays-remove = Take it off
holidays-remove-of = Take it off: { $name }
holidays-new-title = Add a day
holidays-new-do = Add the day

holidays-field-country = Country
holidays-field-year = Year
holidays-field-on = Day
holidays-field-name = Name
holidays-field-kind = Kind

holidays-kind-holiday = public holiday
holidays-kind-rest-day = rest day
holidays-kind-national-day = national day
holidays-kind-working-day = working day all the same

holidays-import-title = Take in holidays
holidays-import-says = The whole-day events of a calendar file become public holidays of the office’s own country. All of them are taken in, or none; a day that is there under the same name stays as it is.
holidays-import-hint = An iCalendar file (.ics), as every calendar gives it out.
holidays-file-not-a-day = It names a time of day. Only events of whole days are holidays.
holidays-file-repeats = It repeats by a rule. Give it out once for each year.
