"""Where a gradient comes from: the chain rule of one parameter or unit, in numbers, formulas, text and LaTeX."""
