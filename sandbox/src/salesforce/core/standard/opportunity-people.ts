import * as f from './fields.js';

const contactRoles = ['Business User', 'Decision Maker', 'Economic Buyer', 'Economic Decision Maker', 'Evaluator'];
const teamRoles = ['Account Manager', 'Channel Manager', 'Executive Sponsor', 'Lead Qualifier', 'Pre-Sales Consultant'];

/** OpportunityContactRole (Object Reference). */
export const opportunityContactRole = f.standardObject(
  'OpportunityContactRole',
  '00K',
  'Opportunity Contact Role',
  [
    f.lookup('OpportunityId', 'Opportunity ID', 'Opportunity', 'OpportunityContactRoles', {
      required: true,
      updateable: false,
      onDelete: 'Cascade'
    }),
    f.lookup('ContactId', 'Contact ID', 'Contact', 'OpportunityContactRoles', { required: true, onDelete: 'Cascade' }),
    f.picklist('Role', 'Role', [...contactRoles, 'Executive Sponsor', 'Influencer', 'Technical Buyer', 'Other']),
    f.checkbox('IsPrimary', 'Primary')
  ],
  { nameField: 'Id' }
);

/** OpportunityTeamMember (Object Reference): exists when team selling is switched on. */
export const opportunityTeamMember = f.standardObject(
  'OpportunityTeamMember',
  '00q',
  'Opportunity Team Member',
  [
    f.lookup('OpportunityId', 'Opportunity ID', 'Opportunity', 'OpportunityTeamMembers', {
      required: true,
      updateable: false,
      onDelete: 'Cascade'
    }),
    f.lookup('UserId', 'User ID', 'User', 'OpportunityTeams', {
      required: true,
      updateable: false,
      onDelete: 'Restrict'
    }),
    f.text('Name', 'Name', 361, { permissionable: false, ...f.readOnlyTraits }),
    f.picklist('TeamMemberRole', 'Member Role', [...teamRoles, 'Sales Manager', 'Sales Rep']),
    f.picklist('OpportunityAccessLevel', 'Opportunity Access', ['Read', 'Edit', 'All'], { restricted: true }),
    f.text('Title', 'Title', 80, { permissionable: false, ...f.readOnlyTraits })
  ],
  { nameField: 'Name' }
);
