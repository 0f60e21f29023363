package dom

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// A row of links: those of each cell of a table's row, or of a list's item.
type row [][]app.Value

// A place is where a link is: in which row, in which cell of it, and which of the
// cell's links it is.
type place struct{ row, cell, link int }

// placesOf returns the links of what roves. Rows and cells without a link are left out
// of the way, but a cell keeps its column.
func placesOf(in app.Value) (rows []row) {
	kind := in.Get("dataset").Get("rove").String()
	if kind == "row" {
		var r row
		for _, v := range values(in.Call("querySelectorAll", links)) {
			r = append(r, []app.Value{v})
		}
		return []row{r}
	}
	grid := kind == "grid"
	for _, line := range values(in.Call("querySelectorAll", map[bool]string{true: "tr", false: "li"}[grid])) {
		var r row
		found := false
		if grid {
			for _, c := range values(line.Call("querySelectorAll", "th, td")) {
				if c.Get("tagName").String() == "TD" || c.Call("querySelector", links).Truthy() {
					cell := values(c.Call("querySelectorAll", links))
					found = found || len(cell) > 0
					r = append(r, cell)
				}
			}
		} else {
			for _, v := range values(line.Call("querySelectorAll", links)) {
				r, found = append(r, []app.Value{v}), true
			}
		}
		if found {
			rows = append(rows, r)
		}
	}
	return rows
}

func values(list app.Value) (out []app.Value) {
	for i := range list.Length() {
		out = append(out, list.Index(i))
	}
	return out
}

func find(rows []row, link app.Value) place {
	for i, r := range rows {
		for n, cell := range r {
			for k, v := range cell {
				if v.Equal(link) {
					return place{i, n, k}
				}
			}
		}
	}
	return place{-1, 0, 0}
}

// inList is the key that does in a list what this one is to do: Home and End lead to its
// ends, and an item of one link has nothing to its left and right but other items.
func (p place) inList(rows []row, key string) string {
	switch {
	case key == "Home" || key == "End":
		return "Ctrl+" + key
	case len(rows[p.row]) > 1:
		return key
	case key == "ArrowRight":
		return "ArrowDown"
	case key == "ArrowLeft":
		return "ArrowUp"
	}
	return key
}

// inRow is the key that does in a row of buttons what this one is to do: from its ends it
// goes around.
func (p place) inRow(rows []row, key string) string {
	switch last := len(rows[p.row]) - 1; {
	case last > 0 && key == "ArrowRight" && p.cell == last:
		return "Home"
	case last > 0 && key == "ArrowLeft" && p.cell == 0:
		return "End"
	}
	return key
}

// next returns the link that a key leads to from p, if it leads anywhere.
func (p place) next(rows []row, key string) (to app.Value, ok bool) {
	if p.row < 0 {
		return nil, false
	}
	switch key {
	case "ArrowRight":
		return along(rows[p.row], p.cell+1, 1)
	case "ArrowLeft":
		return along(rows[p.row], p.cell-1, -1)
	case "Home":
		return p.unless(rows, 0, 1, p.row)
	case "End":
		return p.unless(rows, len(rows[p.row])-1, -1, p.row)
	case "Ctrl+Home":
		return along(rows[0], 0, 1)
	case "Ctrl+End":
		last := rows[len(rows)-1]
		return along(last, len(last)-1, -1)
	case "ArrowDown":
		if cell := rows[p.row][p.cell]; p.link+1 < len(cell) {
			return cell[p.link+1], true
		}
		for i := p.row + 1; i < len(rows); i++ {
			if cell := rows[i].at(p.cell); len(cell) > 0 {
				return cell[0], true
			}
		}
	case "ArrowUp":
		if p.link > 0 {
			return rows[p.row][p.cell][p.link-1], true
		}
		for i := p.row - 1; i >= 0; i-- {
			if cell := rows[i].at(p.cell); len(cell) > 0 {
				return cell[len(cell)-1], true
			}
		}
	}
	return nil, false
}

// unless is the first link of a row from a cell on, but for a row of one cell: there
// the key is the page's.
func (p place) unless(rows []row, cell, step, in int) (app.Value, bool) {
	if len(rows[in]) < 2 {
		return nil, false
	}
	return along(rows[in], cell, step)
}

// at returns the cell in a column, or the last where the row is shorter.
func (r row) at(column int) []app.Value { return r[min(column, len(r)-1)] }

// along returns the first link from a cell on, one way or the other.
func along(r row, cell, step int) (app.Value, bool) {
	for ; cell >= 0 && cell < len(r); cell += step {
		if len(r[cell]) > 0 {
			return r[cell][0], true
		}
	}
	return nil, false
}
