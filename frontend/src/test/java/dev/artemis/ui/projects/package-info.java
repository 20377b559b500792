@NullMarked
package dev.artemis.ui.projects;

import org.jspecify.annotations.NullMarked;
