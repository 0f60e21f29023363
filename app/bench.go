package main

// A Bench is what stands on the signer bench.
type Bench struct {
	Value string
}

// Write is typing into one of the bench's fields.
type Write struct{ Text string }

func (w Write) apply(m Model) Model { m.Bench.Value = w.Text; return m }

func benchLink(m Model) string { return "" }

func readBench(m Model, parts []string) (Model, string) { return m, "" }

func benchSays(m Model) string { return "" }
