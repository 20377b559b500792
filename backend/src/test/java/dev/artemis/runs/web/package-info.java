@NullMarked
package dev.artemis.runs.web;

import org.jspecify.annotations.NullMarked;
