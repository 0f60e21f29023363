package page

import (
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// FixedToken returns the name of the source that the route of s brings along, ""
// when any will do.
func FixedToken(s *script.Scenario) string {
	if r := scenarios.Route(s.Route); r != nil && s.Opens("route") {
		return r.Token
	}
	return ""
}

// ShownToken returns the name of the source that the list of sources shows.
func ShownToken(s *script.Scenario) string {
	if fixed := FixedToken(s); TokenNamed(fixed) != nil {
		return fixed
	}
	return s.Token
}

// TokenNamed returns the source of that name, nil if there is none.
func TokenNamed(name string) *script.Fragment {
	for _, f := range scenarios.Tokens {
		if f.Name == name {
			return f
		}
	}
	return nil
}
