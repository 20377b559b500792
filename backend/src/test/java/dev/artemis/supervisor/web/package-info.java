@NullMarked
package dev.artemis.supervisor.web;

import org.jspecify.annotations.NullMarked;
