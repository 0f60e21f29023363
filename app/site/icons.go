package site

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
)

// The icon is a cookie with a bite and a keyhole. Its measures are in
// hundredths of its side.
const (
	cornerR  = 20.0
	cookieR  = 34.0
	biteX    = 79.0
	biteY    = 23.0
	biteR    = 13.0
	holeY    = 45.0
	holeR    = 8.0
	slotTop  = 48.0
	slotEnd  = 67.0
	slotWide = 5.0 // half the width at the top
	slotFoot = 8.0 // half the width at the end
)

var (
	iconBack = color.NRGBA{0x1d, 0x4f, 0x8c, 0xff}
	iconFace = color.NRGBA{0xff, 0xf3, 0xdc, 0xff}
)

// icons returns the icon as SVG and as PNGs. A maskable icon fills its square,
// and keeps to the inner 80 % that every mask leaves.
func icons() map[string][]byte {
	return map[string][]byte{
		"icon.svg":              iconSVG(),
		"icon-192.png":          iconPNG(192, cornerR, 1),
		"icon-512.png":          iconPNG(512, cornerR, 1),
		"icon-maskable-512.png": iconPNG(512, 0, 0.9),
	}
}

func iconSVG() []byte {
	hex := func(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<rect width="100" height="100" rx="%g" fill="%s"/>
<circle cx="50" cy="50" r="%g" fill="%s"/>
<g fill="%s"><circle cx="%g" cy="%g" r="%g"/><circle cx="50" cy="%g" r="%g"/>
<path d="M%g %gH%gL%g %gH%gZ"/></g>
</svg>
`, cornerR, hex(iconBack), cookieR, hex(iconFace), hex(iconBack), biteX, biteY, biteR, holeY, holeR,
		50-slotWide, slotTop, 50+slotWide, 50+slotFoot, slotEnd, 50-slotFoot)
}

// iconPNG draws the icon size pixels wide, with corners of radius corner and
// the cookie scaled about the centre.
func iconPNG(size int, corner, scale float64) []byte {
	const fine = 4 // samples a pixel, each way
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	for py := range size {
		for px := range size {
			back, face := 0, 0
			for i := range fine * fine {
				x := (float64(px) + (float64(i%fine)+0.5)/fine) * 100 / float64(size)
				y := (float64(py) + (float64(i/fine)+0.5)/fine) * 100 / float64(size)
				if !inCorners(x, y, corner) {
					continue
				}
				back++
				if inCookie(50+(x-50)/scale, 50+(y-50)/scale) {
					face++
				}
			}
			if back > 0 {
				mix := func(a, b uint8) uint8 { return uint8((int(a)*(back-face) + int(b)*face) / back) }
				img.SetNRGBA(px, py, color.NRGBA{mix(iconBack.R, iconFace.R), mix(iconBack.G, iconFace.G),
					mix(iconBack.B, iconFace.B), uint8(255 * back / (fine * fine))})
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic("site: an image in memory can be encoded: " + err.Error())
	}
	return b.Bytes()
}

// inCorners tells whether a point is in the square with round corners.
func inCorners(x, y, r float64) bool {
	dx, dy := max(math.Abs(x-50)-(50-r), 0), max(math.Abs(y-50)-(50-r), 0)
	return dx*dx+dy*dy <= r*r
}

// inCookie tells whether a point is in the cookie, not bitten off and not in
// the keyhole.
func inCookie(x, y float64) bool {
	within := func(cx, cy, r float64) bool { return (x-cx)*(x-cx)+(y-cy)*(y-cy) <= r*r }
	if !within(50, 50, cookieR) || within(biteX, biteY, biteR) || within(50, holeY, holeR) {
		return false
	}
	half := slotWide + (slotFoot-slotWide)*(y-slotTop)/(slotEnd-slotTop)
	return y < slotTop || y > slotEnd || math.Abs(x-50) > half
}
