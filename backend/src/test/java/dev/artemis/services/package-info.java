@NullMarked
package dev.artemis.services;

import org.jspecify.annotations.NullMarked;
