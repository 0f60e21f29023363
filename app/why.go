package main

// why is what the page says beyond the verdict.
type why struct{}

func (l library) why(j job, tell func(answer) bool) error { return nil }
