package world

import (
	"fmt"
	"strings"
	"time"
)

// lasting is d in words: "2 weeks", "1 hour 30 minutes".
func lasting(d time.Duration) string {
	const day = 24 * time.Hour
	units := []struct {
		name string
		long time.Duration
	}{{"week", 7 * day}, {"day", day}, {"hour", time.Hour}, {"minute", time.Minute}, {"second", time.Second}}
	if d%(7*day) != 0 {
		units = units[1:] // 30 days, and not 4 weeks and 2 days
	}
	var out []string
	for _, u := range units {
		n := d / u.long
		if d %= u.long; n == 0 {
			continue
		}
		if n != 1 {
			u.name += "s"
		}
		out = append(out, fmt.Sprint(int64(n), " ", u.name))
	}
	if d > 0 {
		out = append(out, d.String())
	}
	if out == nil {
		return "no time"
	}
	return strings.Join(out, " ")
}
