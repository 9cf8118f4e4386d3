"""The radar: its values, its drawing, its table, its panel and its full screen."""
