// Command platforms checks that everything in the source tree compiles for other platforms, tests included: go run ./internal/cmd/platforms windows/amd64 linux/386.
// It reads the source of all packages, down to Go's own, and checks the types. That takes seconds, where a compiler takes minutes.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	log.SetFlags(0)
	folder := flag.String("folder", ".", "`folder` of the source tree")
	flag.Parse()
	failed := false
	for _, platform := range flag.Args() {
		wrong, err := check(*folder, platform, os.Stdout)
		if err != nil {
			log.Fatalf("platforms: %s: %s", platform, err)
		}
		failed = failed || wrong > 0
	}
	if failed {
		os.Exit(1)
	}
}

// check prints what does not compile for a platform such as "linux/arm64", and counts it.
func check(folder, platform string, out io.Writer) (wrong int, err error) {
	system, architecture, found := strings.Cut(platform, "/")
	if !found {
		return 0, fmt.Errorf("a platform is written as in linux/arm64")
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax |
			packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedModule,
		Dir: folder, Tests: true, Env: append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+architecture),
	}, "./...")
	if err != nil {
		return 0, err
	}
	seen := map[string]bool{} // a package and the same with its tests have the same errors
	packages.Visit(loaded, nil, func(one *packages.Package) {
		for _, fault := range one.Errors {
			if !seen[fault.Error()] {
				seen[fault.Error()] = true
				_, _ = fmt.Fprintf(out, "%s: %s\n", platform, fault)
			}
		}
	})
	if len(seen) == 0 {
		_, _ = fmt.Fprintf(out, "%s: %d packages compile\n", platform, len(loaded))
	}
	return len(seen), nil
}
