package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

// mutant is one small fault in the code of a package.
type mutant struct {
	id           int
	folder, file string
	line         int
	// where is the function, text what is broken of it, and what how. Together they
	// are its name, which moves with the code.
	where, text, what string
}

func (m mutant) String() string { return m.folder + " " + m.where + ": " + m.text + ": " + m.what }

// edit inserts a text into a file. All mutants of a package are in one copy of
// its code, and each is asleep until the hook that it asks is told its number:
// the package is compiled once.
type edit struct {
	at     int
	text   string
	closes bool
	mutant int
}

// mutator finds what can be broken in a file. It knows only faults of which none
// implies another: a function that returns at once is told apart by whatever
// tells that its statements are missing.
type mutator struct {
	pkg   *goPackage
	file  *ast.File
	src   []byte
	next  func() int
	stack []ast.Node
	// seen are the expressions and statements that something around them has
	// broken already.
	seen    map[ast.Node]bool
	mutants []mutant
	edits   []edit
}

func (m *mutator) find() {
	m.seen = map[ast.Node]bool{}
	for _, decl := range m.file.Decls {
		if of, ok := decl.(*ast.GenDecl); ok && of.Tok != token.VAR {
			continue
		}
		ast.Inspect(decl, func(node ast.Node) bool {
			if node == nil {
				m.stack = m.stack[:len(m.stack)-1]
				return true
			}
			if !m.visit(node) {
				return false
			}
			m.stack = append(m.stack, node)
			return true
		})
	}
}

// visit breaks a node, and reports whether to look into it.
func (m *mutator) visit(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.FuncDecl:
		m.terminate(node.Type, node.Body)
	case *ast.FuncLit:
		m.terminate(node.Type, node.Body)
	case *ast.BlockStmt:
		m.statements(node.List, m.isBranch())
	case *ast.CommClause:
		m.statements(node.Body, false)
	case *ast.CaseClause:
		m.statements(node.Body, false)
	case *ast.SwitchStmt:
		m.cases(node)
	case *ast.IfStmt:
		m.condition(node.Cond, true, true)
	case *ast.ForStmt:
		if node.Cond != nil {
			m.condition(node.Cond, false, false)
		}
	case *ast.ReturnStmt:
		m.results(node)
	case *ast.CompositeLit:
		m.fields(node)
	case *ast.ArrayType:
		return false
	}
	expr, ok := node.(ast.Expr)
	if !ok || m.function() == nil {
		return true
	}
	if of := m.pkg.info.Types[expr]; of.Value != nil {
		m.constant(expr, of)
		return false
	}
	if isCondition(expr) {
		m.condition(expr, true, true)
	}
	return !isCall(expr, "make")
}

// terminate lets the compiler know that nothing comes after a return that is in
// a branch by now.
func (m *mutator) terminate(of *ast.FuncType, body *ast.BlockStmt) {
	if body != nil && of.Results != nil {
		m.edits = append(m.edits, edit{at: m.offset(body.Rbrace), text: `; panic("a mutant came out at the end") `})
	}
}

// isBranch reports whether the block at hand is all that an if without else
// does: without its only statement it would be as if the condition were false.
func (m *mutator) isBranch() bool {
	of, ok := m.stack[len(m.stack)-1].(*ast.IfStmt)
	return ok && of.Else == nil
}

func (m *mutator) statements(list []ast.Stmt, branch bool) {
	for _, s := range list {
		end := s.End()
		switch of := s.(type) {
		case *ast.AssignStmt:
			if of.Tok == token.DEFINE || isIdent(of.Lhs[0], "_") && len(of.Lhs) == 1 {
				continue
			}
		case *ast.ReturnStmt:
			if len(of.Results) > 0 {
				continue
			}
		case *ast.BranchStmt:
			if of.Tok == token.FALLTHROUGH {
				continue
			}
		case *ast.ForStmt:
			end = of.Body.Lbrace
		case *ast.RangeStmt:
			end = of.Body.Lbrace
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.SendStmt, *ast.DeferStmt, *ast.GoStmt:
		default:
			continue
		}
		if branch && len(list) == 1 {
			continue
		}
		id := m.add(s.Pos(), end, "is missing")
		m.wrap(id, s, fmt.Sprintf("if !mutant(%d) { ", id), " }")
	}
}

// condition makes an expression true and false, part by part. What is true of
// the whole anyway where it is true of a part is left out.
func (m *mutator) condition(e ast.Expr, whenTrue, whenFalse bool) {
	if m.seen[e] || m.pkg.info.Types[e].Value != nil {
		return
	}
	m.seen[e] = true
	and, or := false, false
	switch of := e.(type) {
	case *ast.ParenExpr:
		m.condition(of.X, whenTrue, whenFalse)
		return
	case *ast.UnaryExpr:
		if of.Op == token.NOT {
			m.condition(of.X, whenFalse, whenTrue)
			return
		}
	case *ast.BinaryExpr:
		and, or = of.Op == token.LAND, of.Op == token.LOR
	}
	if whenTrue && !and {
		id := m.add(e.Pos(), e.End(), "is true")
		m.wrap(id, e, fmt.Sprintf("(mutant(%d) || (", id), "))")
	}
	if whenFalse && !or {
		id := m.add(e.Pos(), e.End(), "is false")
		m.wrap(id, e, fmt.Sprintf("(!mutant(%d) && (", id), "))")
	}
	of, ok := e.(*ast.BinaryExpr)
	if !ok {
		return
	}
	left, right := m.text(of.X.Pos(), of.X.End()), m.text(of.Y.Pos(), of.Y.End())
	switch {
	case and, or:
		m.condition(of.X, and, or)
		m.condition(of.Y, and, or)
	case of.Op == token.LSS, of.Op == token.GTR:
		id := m.add(e.Pos(), e.End(), "also where both are equal")
		m.wrap(id, e, "(", fmt.Sprintf(" || mutant(%d) && (%s) == (%s))", id, left, right))
	case of.Op == token.LEQ, of.Op == token.GEQ:
		id := m.add(e.Pos(), e.End(), "not where both are equal")
		m.wrap(id, e, "(", fmt.Sprintf(" && !(mutant(%d) && (%s) == (%s)))", id, left, right))
	}
}

// cases makes each value of a switch one that is never met.
func (m *mutator) cases(of *ast.SwitchStmt) {
	tag := ""
	if of.Tag != nil {
		tag = m.text(of.Tag.Pos(), of.Tag.End())
		m.edits = append(m.edits, edit{at: m.offset(of.Tag.Pos()), text: "(" + tag + ") == ("})
		m.edits = append(m.edits, edit{at: m.offset(of.Tag.End()), text: ")", closes: true})
		tag = "(" + tag + ") == "
	}
	for _, clause := range of.Body.List {
		for _, value := range clause.(*ast.CaseClause).List { //nolint:forcetypeassert // A switch has nothing else.
			if tag == "" {
				m.condition(value, true, true)
				continue
			}
			m.seen[value] = true
			id := m.add(value.Pos(), value.End(), "is no case")
			m.wrap(id, value, fmt.Sprintf("!mutant(%d) && %s(", id, tag), ")")
		}
	}
}

// results makes a return one of zero values, and one of true.
func (m *mutator) results(of *ast.ReturnStmt) {
	function := m.function()
	if len(of.Results) == 0 || function.Results == nil {
		return
	}
	if only := of.Results[0]; len(of.Results) == 1 && m.isBool(only) && !isIdent(only, "false") {
		m.condition(only, true, true)
		if !isIdent(only, "true") {
			return
		}
	}
	if !slices.ContainsFunc(of.Results, func(e ast.Expr) bool { return !m.isZero(e) }) {
		return
	}
	var zeros []string
	for _, field := range function.Results.List {
		for range max(1, len(field.Names)) {
			zeros = append(zeros, "*new("+m.text(field.Type.Pos(), field.Type.End())+")")
		}
	}
	id := m.add(of.Pos(), of.End(), "returns nothing")
	m.insert(id, of.Pos(), fmt.Sprintf("if mutant(%d) { return %s }; ", id, strings.Join(zeros, ", ")))
}

// fields leaves out the fields of a struct, one by one.
func (m *mutator) fields(of *ast.CompositeLit) {
	record, ok := underlying[*types.Struct](m.pkg.info.TypeOf(of))
	if !ok || m.function() == nil {
		return
	}
	for _, e := range of.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok || m.isZero(pair.Value) {
			continue
		}
		for field := range record.Fields() {
			if of, ok := m.typeName(field.Type()); ok && isIdent(pair.Key, field.Name()) {
				m.seen[pair.Value] = isIdent(pair.Value, "true")
				id := m.add(pair.Pos(), pair.End(), "is missing")
				m.wrap(id, pair.Value, fmt.Sprintf("mutated[%s](%d, *new(%[1]s), ", of, id), ")")
			}
		}
	}
}

// constant makes a whole number greater by one, and turns what is true or false.
// Durations are left alone: no test waits for them.
func (m *mutator) constant(e ast.Expr, of types.TypeAndValue) {
	basic, ok := underlying[*types.Basic](of.Type)
	name, nameable := m.typeName(of.Type)
	if !ok || !nameable || m.seen[e] || name == "time.Duration" {
		return
	}
	switch {
	case basic.Info()&types.IsBoolean != 0 && !m.isAssigned():
		id := m.add(e.Pos(), e.End(), "is the opposite")
		m.wrap(id, e, fmt.Sprintf("mutated(%d, !", id), fmt.Sprintf(", %s)", m.text(e.Pos(), e.End())))
	case basic.Info()&types.IsInteger != 0 && hasNumber(e):
		id := m.add(e.Pos(), e.End(), "is one more in "+oneLine(m.text(m.around().Pos(), m.around().End())))
		m.wrap(id, e, fmt.Sprintf("mutated[%s](%d, 1+", name, id), fmt.Sprintf(", %s)", m.text(e.Pos(), e.End())))
	}
}

// isAssigned reports whether the expression at hand is all that a statement or a
// return is about, whose own mutants turn it.
func (m *mutator) isAssigned() bool {
	switch of := m.around().(type) {
	case *ast.AssignStmt:
		return of.Tok == token.ASSIGN && len(of.Lhs) == 1
	case *ast.ReturnStmt:
		return len(of.Results) == 1 && isIdent(of.Results[0], "true")
	}
	return false
}

func (m *mutator) around() ast.Node { return m.stack[len(m.stack)-1] }

// function is the type of the function at hand, nil outside.
func (m *mutator) function() *ast.FuncType {
	for _, node := range slices.Backward(m.stack) {
		switch of := node.(type) {
		case *ast.FuncDecl:
			return of.Type
		case *ast.FuncLit:
			return of.Type
		}
	}
	return nil
}

func (m *mutator) add(from, to token.Pos, what string) int {
	id := m.next()
	at := m.pkg.files.Position(from)
	m.mutants = append(m.mutants, mutant{id, m.pkg.folder, filepath.Base(at.Filename), at.Line, m.where(), oneLine(m.text(from, to)), what})
	return id
}

// where names the declaration at hand.
func (m *mutator) where() string {
	for _, node := range m.stack {
		switch of := node.(type) {
		case *ast.FuncDecl:
			if of.Recv == nil {
				return of.Name.Name
			}
			receiver := of.Recv.List[0].Type
			return strings.TrimPrefix(m.text(receiver.Pos(), receiver.End()), "*") + "." + of.Name.Name
		case *ast.ValueSpec:
			return of.Names[0].Name
		}
	}
	return ""
}

func (m *mutator) wrap(id int, node ast.Node, before, after string) {
	m.insert(id, node.Pos(), before)
	m.edits = append(m.edits, edit{m.offset(node.End()), after, true, id})
}

func (m *mutator) insert(id int, at token.Pos, text string) {
	m.edits = append(m.edits, edit{m.offset(at), text, false, id})
}

func (m *mutator) offset(at token.Pos) int        { return m.pkg.files.Position(at).Offset }
func (m *mutator) text(from, to token.Pos) string { return string(m.src[m.offset(from):m.offset(to)]) }

// typeName is the name of a type in the file; false where the file cannot name
// it.
func (m *mutator) typeName(of types.Type) (string, bool) {
	ok := true
	name := types.TypeString(of, func(p *types.Package) string {
		if p == m.pkg.types {
			return ""
		}
		for _, spec := range m.file.Imports {
			if strings.Trim(spec.Path.Value, `"`) == p.Path() {
				if spec.Name != nil {
					return spec.Name.Name
				}
				return p.Name()
			}
		}
		ok = false
		return p.Name()
	})
	return name, ok
}

func (m *mutator) isBool(e ast.Expr) bool {
	of, ok := underlying[*types.Basic](m.pkg.info.TypeOf(e))
	return ok && of.Info()&types.IsBoolean != 0
}

func (m *mutator) isZero(e ast.Expr) bool {
	of := m.pkg.info.Types[e]
	if literal, ok := e.(*ast.CompositeLit); ok {
		_, record := underlying[*types.Struct](of.Type)
		return record && len(literal.Elts) == 0
	}
	switch {
	case of.Value == nil:
		return of.IsNil() || isNull(e)
	case of.Value.Kind() == constant.String:
		return constant.StringVal(of.Value) == ""
	case of.Value.Kind() == constant.Bool:
		return !constant.BoolVal(of.Value)
	}
	return constant.Sign(of.Value) == 0
}

// isNull reports whether a value is made by a function such as types.StringNull,
// which gives the zero value of its type.
func isNull(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return false
	}
	function, ok := call.Fun.(*ast.SelectorExpr)
	return ok && isIdent(function.X, "types") && strings.HasSuffix(function.Sel.Name, "Null")
}

func underlying[T types.Type](of types.Type) (T, bool) {
	if of == nil {
		return *new(T), false
	}
	t, ok := of.Underlying().(T)
	return t, ok
}

func isIdent(e ast.Expr, name string) bool {
	of, ok := e.(*ast.Ident)
	return ok && of.Name == name
}

func isCall(e ast.Expr, name string) bool {
	of, ok := e.(*ast.CallExpr)
	return ok && isIdent(of.Fun, name)
}

func isCondition(e ast.Expr) bool {
	switch of := e.(type) {
	case *ast.UnaryExpr:
		return of.Op == token.NOT
	case *ast.BinaryExpr:
		return of.Op.Precedence() <= token.EQL.Precedence()
	}
	return false
}

func hasNumber(e ast.Expr) (found bool) {
	ast.Inspect(e, func(node ast.Node) bool {
		literal, ok := node.(*ast.BasicLit)
		found = found || ok && literal.Kind == token.INT
		return true
	})
	return found
}

func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if cut := []rune(text); len(cut) > 120 {
		text = string(cut[:120]) + "..."
	}
	return text
}

// apply gives the source with the edits. Where several are at one place, what
// ends there comes before what begins there, and the outer encloses the inner.
func apply(src []byte, edits []edit) []byte {
	type numbered struct {
		edit
		n int
	}
	var all []numbered
	for n, e := range edits {
		if e.closes {
			n = -n
		}
		all = append(all, numbered{e, n})
	}
	slices.SortStableFunc(all, func(a, b numbered) int {
		if a.at != b.at {
			return a.at - b.at
		}
		if a.closes != b.closes {
			if a.closes {
				return -1
			}
			return 1
		}
		return a.n - b.n
	})
	var out []byte
	last := 0
	for _, e := range all {
		out = append(append(out, src[last:e.at]...), e.text...)
		last = e.at
	}
	return append(out, src[last:]...)
}
