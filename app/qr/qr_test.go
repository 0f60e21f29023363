package qr

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	reader "github.com/piglig/go-qr"
)

// picture draws a code as the page does, some pixels a module, with its quiet zone.
func picture(t *testing.T, c Code) image.Image {
	const scale = 4
	side := (c.Size + 2*Quiet) * scale
	out := image.NewGray(image.Rect(0, 0, side, side))
	for i := range out.Pix {
		out.Pix[i] = 255
	}
	for _, run := range strings.Split(strings.TrimSuffix(c.Path, "z"), "z") {
		var x, y, long, back int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%d", &x, &y, &long, &back); err != nil || long != back || x < 0 || y < 0 || x+long > c.Size || y >= c.Size {
			t.Fatalf("the path has %q: %v", run, err)
		}
		for px := (x + Quiet) * scale; px < (x+long+Quiet)*scale; px++ {
			for py := (y + Quiet) * scale; py < (y+1+Quiet)*scale; py++ {
				out.SetGray(px, py, color.Gray{})
			}
		}
	}
	return out
}

// What is drawn is read again, by another library than the one that drew it.
func TestDraw(t *testing.T) {
	for _, text := range []string{
		"A",
		"https://lab.example.org/",
		"https://lab.example.org/#class/AQEVV2ViIHNlY3VyaXR5LCBncm91cCBCF2JyYW5jaCBlaWdodCBmYWJyaWMgcnVnALCb",
		"https://" + strings.Repeat("long.", 60) + "example/#class/" + strings.Repeat("Aa0_", 60),
	} {
		c, err := Draw(text)
		if err != nil {
			t.Fatalf("%.40s: %v", text, err)
		}
		if c.Size < 21 || (c.Size-17)%4 != 0 {
			t.Errorf("%.40s: a code of %d modules", text, c.Size)
		}
		if got, err := reader.Decode(picture(t, c)); err != nil || got != text {
			t.Errorf("%.40s is read as %.40s, %v", text, got, err)
		}
	}
	if _, err := Draw(strings.Repeat("x", 3000)); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("3000 characters: %v", err)
	}
}
