package world

import (
	"testing"
	"time"
)

func TestLasting(t *testing.T) {
	for text, want := range map[string]string{
		"336h": "2 weeks", "168h": "1 week", "720h": "30 days", "24h": "1 day", "1h": "1 hour", "90s": "1 minute 30 seconds",
		"4380h": "182 days 12 hours", "0s": "no time", "1500ms": "1 second 500ms", "25h1s": "1 day 1 hour 1 second",
	} {
		d, err := time.ParseDuration(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := lasting(d); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
