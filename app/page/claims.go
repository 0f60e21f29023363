package page

import (
	"slices"

	"fixlab/scenarios"
)

// Claims is the list of what the two articles say, with what their runs show.
type Claims struct {
	All    []scenarios.Claim
	Played [][]ExhibitLink // of the claims that have been played, in their order
	asked  int             // how many the page was asked to play
}

// An ExhibitLink leads to a run, at the step that shows it.
type ExhibitLink struct {
	Link  string
	Holds bool // the run shows what the verdict says
}

// A ClaimsMsg is a message to the list of claims.
type ClaimsMsg interface{ claims(Claims) Claims }

// ClaimPlayed is what the runs of the next claim have come to.
type ClaimPlayed []ExhibitLink

// Update returns c after msg.
func (c Claims) Update(msg ClaimsMsg) Claims { return msg.claims(c) }

func (p ClaimPlayed) claims(c Claims) Claims {
	c.Played = append(slices.Clip(c.Played), p)
	return c
}

// ask has the runs of the next claim played.
func (c Claims) ask() (Claims, []Effect) {
	if c.All == nil {
		c.All = scenarios.Claims()
	}
	if next := len(c.Played); next < len(c.All) && c.asked <= next {
		c.asked = next + 1
		return c, []Effect{PlayClaim{c.All[next]}}
	}
	return c, nil
}

// PlayExhibits plays every run of a claim.
func PlayExhibits(claim scenarios.Claim) ClaimPlayed {
	var out ClaimPlayed
	for _, x := range append([]scenarios.Exhibit{claim.Shown}, claim.Against...) {
		t, frame, err := x.Look()
		if err != nil {
			panic("the page: " + err.Error()) // its own runs play; their tests say so
		}
		out = append(out, ExhibitLink{LinkTo(x.Play, frame), x.Differs(t, frame) == nil})
	}
	return out
}
