package page

// A Press is a key that went down, and where.
type Press struct {
	Key   string // as KeyboardEvent.key has it
	Shift bool
	On    string // the focused element: "text", "choice", "range", "radio", "check", "button", "link", "way" (a button that leads on or back), "steps", "region" or ""
}
