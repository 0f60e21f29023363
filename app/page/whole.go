//go:build !slim

package page

// The whole program has the pages that few need; see rare.
func init() { Pages = append(Pages, teachPage, benchPage) }
