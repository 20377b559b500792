@NullMarked
package dev.artemis.alerts;

import org.jspecify.annotations.NullMarked;
