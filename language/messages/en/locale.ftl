### What this locale is. Each is one plain text without variables.

# One word, which names the locale in the program.
locale-english-name = English
locale-own-name = English
# BCP 47.
locale-tag = en-GB
# ltr or rtl.
locale-direction = ltr
