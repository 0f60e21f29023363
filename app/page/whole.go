//go:build !slim

package page

// The whole program has the pages that only trainers need; see forTrainers.
func init() { Pages = append(Pages, teachPage) }
