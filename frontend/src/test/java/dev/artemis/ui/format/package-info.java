@NullMarked
package dev.artemis.ui.format;

import org.jspecify.annotations.NullMarked;
