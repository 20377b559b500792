@NullMarked
package dev.artemis.scanning.web;

import org.jspecify.annotations.NullMarked;
