import DEAL_NAME from '@salesforce/label/c.Cosell_Field_Deal_Name';
import DEAL_VALUE from '@salesforce/label/c.Cosell_Field_Deal_Value';
import CURRENCY from '@salesforce/label/c.Cosell_Field_Currency';
import CLOSING_DATE from '@salesforce/label/c.Cosell_Field_Closing_Date';
import NOTES from '@salesforce/label/c.Cosell_Field_Notes';
import OUTCOME from '@salesforce/label/c.Cosell_Field_Outcome';
import HELP from '@salesforce/label/c.Cosell_Field_Help';
import VISIBLE from '@salesforce/label/c.Cosell_Field_Visible';
import CUSTOMER_NAME from '@salesforce/label/c.Cosell_Field_Customer_Name';
import CUSTOMER_STREET from '@salesforce/label/c.Cosell_Field_Customer_Street';
import CUSTOMER_CITY from '@salesforce/label/c.Cosell_Field_Customer_City';
import CUSTOMER_STATE from '@salesforce/label/c.Cosell_Field_Customer_State';
import CUSTOMER_POSTAL_CODE from '@salesforce/label/c.Cosell_Field_Customer_Postal_Code';
import CUSTOMER_COUNTRY from '@salesforce/label/c.Cosell_Field_Customer_Country';
import CONTACTS from '@salesforce/label/c.Cosell_Field_Contacts';
import TEAM from '@salesforce/label/c.Cosell_Field_Team';
import SOLUTIONS from '@salesforce/label/c.Cosell_Field_Solutions';
import REGISTRATION_TERM from '@salesforce/label/c.Cosell_Field_Registration_Term';
import REGISTRATION_VALUE from '@salesforce/label/c.Cosell_Field_Registration_Value';
import REGISTRATION_SIGN_DATE from '@salesforce/label/c.Cosell_Field_Registration_Sign_Date';
import REGISTRATION_START_DATE from '@salesforce/label/c.Cosell_Field_Registration_Start_Date';
import REGISTRATION_END_DATE from '@salesforce/label/c.Cosell_Field_Registration_End_Date';
import REGISTRATION_SOLUTION from '@salesforce/label/c.Cosell_Field_Registration_Solution';
/** Labels of the fields in the delivered mapping, by the name under which the service stores them. */
const NAMES = {
  'Deal name': DEAL_NAME,
  'Deal value': DEAL_VALUE,
  Currency: CURRENCY,
  'Closing date': CLOSING_DATE,
  Notes: NOTES,
  Outcome: OUTCOME,
  'Kind of help from Microsoft': HELP,
  'Visible to Microsoft sellers': VISIBLE,
  'Customer name': CUSTOMER_NAME,
  'Customer street': CUSTOMER_STREET,
  'Customer city': CUSTOMER_CITY,
  'Customer state': CUSTOMER_STATE,
  'Customer postal code': CUSTOMER_POSTAL_CODE,
  'Customer country': CUSTOMER_COUNTRY,
  'Customer contacts': CONTACTS,
  'Sales team': TEAM,
  Solutions: SOLUTIONS,
  'Registration contract term': REGISTRATION_TERM,
  'Registration contract value': REGISTRATION_VALUE,
  'Registration sign date': REGISTRATION_SIGN_DATE,
  'Registration start date': REGISTRATION_START_DATE,
  'Registration end date': REGISTRATION_END_DATE,
  'Registration solution': REGISTRATION_SOLUTION
};
/** The field in the user's language; a field that an administrator mapped keeps the name given there. */
export const fieldName = (stored) => NAMES[stored] ?? stored;
