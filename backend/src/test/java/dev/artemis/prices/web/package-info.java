@NullMarked
package dev.artemis.prices.web;

import org.jspecify.annotations.NullMarked;
