/**
 * Python: tokens, syntax tree, scopes, and what names and constants stand for.
 *
 * <p>Words: a <em>scope</em> is a module, class or function with the names bound in it; a <em>value</em> is what an
 * expression is known to be without running it. A parser of our own: see ADR-0009.
 */
@NullMarked
package dev.artemis.scanning.python;

import org.jspecify.annotations.NullMarked;
