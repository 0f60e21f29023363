package lab

import "fixlab/lab/defence"

// A Scenario is a lesson: who does what, and how it must end.
type Scenario struct {
	Name    string // the file's name without ".txt"
	Title   string
	Profile string
	Seed    string
	Steps   []Step
	Wants   []Want
	Story   string // Markdown
}

// A Step is one line of the script.
type Step struct {
	Line    int    // in the file, from 1
	Caption string // the comment above it
	Who     string // "mallory", "alice" or "server"
	At      string // the browser she sits at, if not her own
	Verb    string
	Args    []string
}

// A Want is one row of the want table: how the run under Defences must end.
type Want struct {
	Line     int
	Defences defence.Set
	Outcome  Outcome
	Key      string // the session key, or a $variable that holds the cookie around it; "" when there is none
}
