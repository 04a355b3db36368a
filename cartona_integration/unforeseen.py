# What nobody has thought of, as a list of exceptions. Caught where one record must not stop the
# others: by the intake, the product lane and the prices.
import psycopg2
import psycopg2.errors

# What one record may make of our code, of another addon's or of PostgreSQL, which counts a value
# that is too long for an index among the troubles that pass. The others have to go on.
UNFORESEEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    TypeError,
    ValueError,
    psycopg2.DataError,
    psycopg2.InternalError,
    psycopg2.NotSupportedError,
    psycopg2.ProgrammingError,
    psycopg2.errors.ProgramLimitExceeded,
    psycopg2.errors.StatementTooComplex,
)
