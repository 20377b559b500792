@NullMarked
package dev.artemis.web;

import org.jspecify.annotations.NullMarked;
