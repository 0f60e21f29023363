package record

import (
	"strconv"
	"strings"
	"testing"
)

// BenchmarkRead reads a HAR of 33 MB with 1382 entries.
func BenchmarkRead(b *testing.B) {
	body := strings.Repeat(`<p class=\"x\">text</p>\n`, 950)
	var text strings.Builder
	text.WriteString(`{"log":{"creator":{"name":"x"},"entries":[`)
	for i := range 1382 {
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteString(`{"startedDateTime":"2026-01-02T03:04:05.000Z","request":{"method":"GET","url":"https://a.test/` + strconv.Itoa(i) + `","headers":[` +
			strings.Repeat(`{"name":"x","value":"y"},`, 20) + `{"name":"cookie","value":"a=1; b=2"}]},"response":{"status":200,"headers":[],"content":{"text":"` + body + `"}}}`)
	}
	text.WriteString(`]}}`)
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if r, err := Read(text.String()); err != nil || len(r.Exchanges) != 1382 {
			b.Fatal(err, len(r.Exchanges))
		}
	}
}
