@NullMarked
package dev.artemis.ui.runs;

import org.jspecify.annotations.NullMarked;
