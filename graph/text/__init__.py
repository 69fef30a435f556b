"""Chinese text apart from any plan: normal form, numerals, dates, sentences, enumerations, pinyin, traditional characters."""
