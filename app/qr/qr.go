// Package qr draws QR codes.
package qr

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Quiet is how many modules of white a code needs around it (ISO/IEC 18004).
const Quiet = 4

// A Code is a drawn QR code.
type Code struct {
	Size int    // modules on a side, without the quiet zone
	Path string // the dark modules as an SVG path, one unit a module, from 0 to Size
}

// Draw returns the code of a text, with error correction M: a code is read on a wall from
// the side and from afar. The error says that the text is too long.
func Draw(text string) (Code, error) {
	c, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return Code{}, fmt.Errorf("it is too long for a QR code: %w", err)
	}
	n := c.Bounds().Dx()
	dark := func(x, y int) bool { r, _, _, _ := c.At(x, y).RGBA(); return r == 0 }
	var b strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			from := x
			for x < n && dark(x, y) {
				x++
			}
			if x > from { // a run of dark modules
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return Code{n, b.String()}, nil
}
