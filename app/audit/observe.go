//go:build !wasm

package audit

import (
	core "fixlab/lab/audit"
)

// observe adds what is seen without attacking: attributes, headers, addresses.
func (r *run) observe() {
	r.report.Results = append(r.report.Results, core.Attributes(r.exchanges, r.session, r.base.Scheme == "https")...)
}
