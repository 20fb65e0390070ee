"""What the screen is made of. Widgets get values and post messages; none of them knows a library."""
