/** Tests of finance's pages. */
@NullMarked
package dev.artemis.ui.finance;

import org.jspecify.annotations.NullMarked;
