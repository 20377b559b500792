@NullMarked
package dev.artemis.projects;

import org.jspecify.annotations.NullMarked;
