@NullMarked
package dev.artemis.providers.web;

import org.jspecify.annotations.NullMarked;
