@NullMarked
package dev.artemis.reports;

import org.jspecify.annotations.NullMarked;
