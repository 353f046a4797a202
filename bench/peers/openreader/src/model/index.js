// The resolver above takes SQL only: no entities.
module.exports = {}
