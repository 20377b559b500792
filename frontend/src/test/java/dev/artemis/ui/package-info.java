@NullMarked
package dev.artemis.ui;

import org.jspecify.annotations.NullMarked;
