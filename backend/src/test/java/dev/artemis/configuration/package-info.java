@NullMarked
package dev.artemis.configuration;

import org.jspecify.annotations.NullMarked;
