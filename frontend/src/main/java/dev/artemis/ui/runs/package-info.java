/** Code submitted, watched and looked at afterwards. */
@NullMarked
package dev.artemis.ui.runs;

import org.jspecify.annotations.NullMarked;
