@NullMarked
package dev.artemis.access.web;

import org.jspecify.annotations.NullMarked;
